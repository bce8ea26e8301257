// The page's one entrance: the program calls gwanjeMap.apply(changes); the page answers over the channel.
"use strict";

var gwanjeMap = (function () {
  const STEP = 90; // px an arrow key moves the map
  const PAN = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const ZOOM = { "+": 0.5, "=": 0.5, "-": -0.5, _: -0.5 };

  let map, base, markers, channel, words, controls, credit;
  let fitted = true; // until the operator moves the map, it follows the size of its window
  let known = false; // cameras have been told
  const tip = L.tooltip({ className: "tip", direction: "top", offset: [0, -12], opacity: 1 });

  function start(leafletMap, districts, neighbourhoods, creditText) {
    map = leafletMap;
    credit = creditText;
    map.attributionControl.setPrefix("Leaflet").addAttribution(credit);
    map.getContainer().tabIndex = 0;
    map.setMinZoom(9).setMaxZoom(19); // folium gives its limits to tile layers, of which there are none
    map.setMaxBounds(districts.getBounds().pad(0.6));
    base = gwanjeBase(map, districts, neighbourhoods);
    markers = gwanjeMarkers(map, {
      activated: (camera) => say("activated", camera.id),
      opened,
      pointed,
      redrawn: () => base.redraw(markers ? markers.taken() : []),
      focused(camera) {
        map.panInside(camera.at, { padding: [60, 60], animate: false });
        pointed(camera);
      },
    });
    map.getContainer().addEventListener("keydown", keyDown);
    map.on("resize", () => fitted && fit());
    map.on("moveend", () => say("moved", JSON.stringify(view())));
    map.on("dragstart", () => (fitted = false));
    map.getContainer().addEventListener("wheel", () => (fitted = false), { passive: true });
    document.addEventListener("securitypolicyviolation", (event) => say("blocked", event.blockedURI));
    new QWebChannel(qt.webChannelTransport, (newChannel) => {
      channel = newChannel.objects.bridge;
      say("ready", "");
    });
  }

  function say(kind, text) {
    if (channel) channel.say(kind, text);
  }

  function view() {
    const { lat, lng } = map.getCenter();
    return { lat, lon: lng, zoom: map.getZoom(), fitted };
  }

  /** Whatever changed since the last call; the keys are those that PageLink (Python) collects. */
  function apply(changes) {
    if (changes.theme) for (const [name, value] of changes.theme) document.documentElement.style.setProperty(name, value);
    if (changes.words) setWords(changes.words);
    if (changes.home) base.setHome(changes.home);
    if (changes.view) setView(changes.view);
    if (changes.cameras) {
      known = true;
      markers.setCameras(changes.cameras);
    }
    if (changes.states) markers.setStates(changes.states);
    if (changes.shown) markers.setShown(changes.shown);
    if ("selected" in changes) markers.select(changes.selected);
    if (changes.fit) fit();
    if (changes.centre) centre(changes.centre);
    if (changes.press) press(changes.press);
    if (changes.cameras || changes.states || changes.words) summarise();
    return true;
  }

  function setView({ lat, lon, zoom, fitted: follow }) {
    fitted = follow;
    map.setView([lat, lon], zoom, { animate: false });
  }

  function fit() {
    fitted = true;
    const size = map.getSize();
    if (!size.x || !size.y || !markers.all().length) return;
    const bounds = L.latLngBounds(markers.all().map((camera) => camera.at));
    map.fitBounds(bounds, { paddingTopLeft: [44, 30], paddingBottomRight: [44, 44], maxZoom: 16, animate: false });
    fitted = true;
  }

  function centre(id) {
    const camera = markers.get(id);
    if (!camera) return;
    fitted = false;
    map.setView(camera.at, markers.zoomOf(id), { animate: false });
  }

  function press(id) {
    const camera = markers.get(id);
    if (!camera) return;
    if (camera.bubble) centre(id);
    camera.element.click();
  }

  function opened(members) {
    const before = map.getZoom();
    const bounds = L.latLngBounds(members.map((camera) => camera.at));
    const zoom = Math.min(Math.max(map.getBoundsZoom(bounds, false, L.point(120, 120)), before + 1), map.getMaxZoom());
    fitted = false;
    map.setView(bounds.getCenter(), zoom, { animate: false });
  }

  function pointed(camera) {
    say("hovered", camera ? camera.id : "");
    if (!camera) return void map.closeTooltip(tip);
    const place = map.layerPointToLatLng(L.DomUtil.getPosition(camera.element));
    map.openTooltip(tip.setContent(card(camera)).setLatLng(place));
  }

  function card(camera) {
    const box = document.createElement("div");
    const line = (name, ...content) => {
      const element = document.createElement("div");
      element.className = name;
      element.append(...content);
      box.append(element);
    };
    const number = document.createElement("b");
    number.textContent = camera.number;
    line("title", number, " ", camera.name);
    line("state " + camera.state, gwanjeSigns.sign(camera.state), words.states[camera.state]);
    const more = [camera.department, camera.purpose, camera.ptz ? words.ptz : ""].filter(Boolean);
    if (more.length) line("more", more.join(" · "));
    return box;
  }

  function keyDown(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (PAN[event.key]) {
      map.panBy(PAN[event.key], { animate: false });
      fitted = false;
    } else if (ZOOM[event.key]) {
      map.setZoom(map.getZoom() + ZOOM[event.key], { animate: false });
      fitted = false;
    } else if (event.key === "Home" || event.key === "0") fit();
    else if (event.key === "Enter" && event.target.dataset.enter) event.target.click();
    else if (event.key === "Escape") map.getContainer().focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function setWords(newWords) {
    words = newWords;
    document.documentElement.lang = words.language;
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-label", words.map);
    base.setLanguage(words.language === "ko");
    markers.setWords(words);
    if (controls) controls.forEach((control) => control.remove());
    controls = [
      L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }),
      button("fit", words.fit, fit),
      corner("summary"),
    ].map((control) => control.addTo(map));
  }

  function button(name, title, action) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const element = L.DomUtil.create("a", name, bar);
      element.href = "#";
      element.title = title;
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", title);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(element, "click", (event) => {
        L.DomEvent.preventDefault(event);
        action();
      });
      return bar;
    };
    return control;
  }

  function corner(name) {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => L.DomUtil.create("div", name);
    return control;
  }

  /** The strip that counts the states; with no cameras, what to do about it. */
  function summarise() {
    const box = map.getContainer().querySelector(".summary");
    if (!box || !known) return;
    const counts = new Map(gwanjeSigns.states.map((state) => [state, 0]));
    for (const camera of markers.all()) counts.set(camera.state, counts.get(camera.state) + 1);
    const entries = [...counts].filter(([, count]) => count);
    box.replaceChildren(
      ...entries.map(([state, count]) => {
        const entry = document.createElement("span");
        entry.className = state;
        entry.title = words.states[state];
        entry.append(gwanjeSigns.sign(state), count);
        return entry;
      }),
    );
    map.getContainer().classList.toggle("empty", !entries.length);
    if (!entries.length) box.textContent = words.empty;
  }

  return { start, apply };
})();
