// One sign per camera, or a bubble for a crowd of them; every element can be reached with Tab.
"use strict";

// eslint-disable-next-line no-unused-vars
function gwanjeMarkers(map, handlers) {
  const NUMBERED = 15; // from this zoom on every sign carries its number
  const SPREAD = 7; // up to so many cameras are spread around their place
  const SLOT = 26;
  const NUMBERED_SLOT = 34;
  // What a bubble shows when its cameras differ: the state that needs a person most.
  const WORST = ["failed", "stalled", "retrying", "opening", "buffering", "live", "suspended", "idle"];

  const pane = map.createPane("cameras");
  let cameras = []; // ascending by number
  let byId = new Map();
  let bubbles = [];
  let words = null;
  let taken = []; // [{centre, reach}] in layer points: where names should not be written

  /** rows: [{id, number, name, department, purpose, ptz, bearing, at: [lat, lon]}, ...] */
  function setCameras(rows) {
    const before = byId;
    cameras = rows.map((row) => {
      const old = before.get(row.id);
      return { ...row, state: old ? old.state : "idle", shown: !!old && old.shown, selected: !!old && old.selected };
    });
    byId = new Map(cameras.map((camera) => [camera.id, camera]));
    cameras.forEach(build);
    redraw();
  }

  function build(camera) {
    const element = (camera.element = document.createElement("div"));
    element.dataset.id = camera.id;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    camera.sign = gwanjeSigns.sign(camera.state);
    if (camera.bearing !== null) element.append(gwanjeSigns.wedge(camera.bearing));
    element.append(camera.sign);
    if (camera.ptz) element.append(gwanjeSigns.ptz());
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = camera.number;
    element.append(number);
    element.addEventListener("click", () => handlers.activated(camera));
    element.addEventListener("mouseenter", () => handlers.pointed(camera));
    element.addEventListener("mouseleave", () => handlers.pointed(null));
    element.addEventListener("focus", () => handlers.focused(camera));
    element.addEventListener("blur", () => handlers.pointed(null));
    element.dataset.enter = "click";
    dress(camera);
  }

  function dress(camera) {
    const { element, state } = camera;
    element.className = `camera ${state}${camera.shown ? " shown" : ""}${camera.selected ? " selected" : ""}`;
    if (camera.sign.dataset.sign !== state) gwanjeSigns.draw(camera.sign, state);
    if (words) element.setAttribute("aria-label", label(camera));
  }

  function label(camera) {
    const parts = [`${camera.number} ${camera.name}`, words.states[camera.state]];
    if (camera.ptz) parts.push(words.ptz);
    if (camera.shown) parts.push(words.shown);
    return parts.join(", ");
  }

  function setWords(newWords) {
    words = newWords;
    cameras.forEach(dress);
    bubbles.forEach(dressBubble);
  }

  /** pairs: [[id, state], ...]; cameras that are not on the map are passed over. */
  function setStates(pairs) {
    change(pairs, (camera, state) => (camera.state = state));
  }

  function setShown(ids) {
    const shown = new Set(ids);
    change(cameras.map((camera) => [camera.id, shown.has(camera.id)]), (camera, value) => (camera.shown = value));
  }

  function select(id) {
    change(cameras.map((camera) => [camera.id, camera.id === id]), (camera, value) => (camera.selected = value));
  }

  function change(pairs, assign) {
    const touched = new Set();
    for (const [id, value] of pairs) {
      const camera = byId.get(id);
      if (!camera) continue;
      assign(camera, value);
      dress(camera);
      if (camera.bubble) touched.add(camera.bubble);
    }
    touched.forEach(dressBubble);
  }

  function groupsAt(zoom) {
    const points = cameras.map((camera) => {
      const { x, y } = map.project(camera.at, zoom);
      return [x, y];
    });
    const most = zoom >= map.getMaxZoom() ? Infinity : SPREAD;
    return gwanjeSpread.layout(points, zoom < NUMBERED ? SLOT : NUMBERED_SLOT, most);
  }

  /** Put every element in its place for the zoom of now, in the order of the cameras' numbers. */
  function redraw() {
    const zoom = map.getZoom();
    const focused = document.activeElement;
    const slot = zoom < NUMBERED ? SLOT : NUMBERED_SLOT;
    const elements = [];
    bubbles = [];
    taken = [];
    pane.classList.toggle("numbered", zoom >= NUMBERED);
    for (const group of groupsAt(zoom)) {
      const centre = map.latLngToLayerPoint(map.unproject([group.x, group.y], zoom));
      taken.push({ centre, reach: group.reach });
      const members = group.members.map((index) => cameras[index]);
      if (group.bubble) {
        const bubble = buildBubble(members);
        L.DomUtil.setPosition(bubble.element, centre);
        elements.push(bubble.element);
        continue;
      }
      if (members.length > 1) elements.push(plate(centre, group.reach));
      gwanjeSpread.offsets(members.length, slot).forEach(([dx, dy], i) => {
        members[i].bubble = null;
        L.DomUtil.setPosition(members[i].element, centre.add([dx, dy]).round());
        elements.push(members[i].element);
      });
    }
    pane.replaceChildren(...elements);
    handlers.redrawn();
    if (focused !== document.activeElement && pane.contains(focused)) focused.focus({ preventScroll: true });
  }

  function plate(centre, reach) {
    const element = document.createElement("div");
    element.className = "site";
    element.style.width = element.style.height = `${2 * reach - 2}px`;
    L.DomUtil.setPosition(element, centre);
    return element;
  }

  function buildBubble(members) {
    const element = document.createElement("div");
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    const sign = gwanjeSigns.sign("idle");
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = members.length;
    element.append(count, sign);
    element.dataset.enter = "click";
    const bubble = { element, sign, members };
    element.addEventListener("click", () => handlers.opened(members));
    members.forEach((camera) => (camera.bubble = bubble));
    bubbles.push(bubble);
    dressBubble(bubble);
    return bubble;
  }

  function dressBubble({ element, sign, members }) {
    const worst = WORST.find((state) => members.some((camera) => camera.state === state)) || "idle";
    const has = (key) => (members.some((camera) => camera[key]) ? " " + key : "");
    element.className = `bubble ${worst}${has("shown")}${has("selected")}`;
    if (sign.dataset.sign !== worst) gwanjeSigns.draw(sign, worst);
    if (!words) return;
    const text = words.bubble.replace("%1", members.length).replace("%2", words.states[worst]);
    element.setAttribute("aria-label", text);
    element.title = text;
  }

  /** The smallest zoom, from the present one, at which the camera has its own sign. */
  function zoomOf(id) {
    const index = cameras.indexOf(byId.get(id));
    for (let zoom = map.getZoom(); zoom < map.getMaxZoom(); zoom += 1)
      if (groupsAt(zoom).some((group) => !group.bubble && group.members.includes(index))) return zoom;
    return map.getMaxZoom();
  }

  map.on("viewreset zoomend", redraw);
  return {
    setCameras,
    setWords,
    setStates,
    setShown,
    select,
    zoomOf,
    get: (id) => byId.get(id),
    all: () => cameras,
    taken: () => taken,
  };
}
