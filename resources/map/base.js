// The quiet ground: outlines, and the names of the areas where there is room for them.
"use strict";

// eslint-disable-next-line no-unused-vars
function gwanjeBase(map, districts, neighbourhoods) {
  const NEAR = 13.5; // from this zoom on, neighbourhoods are named instead of districts
  const pane = map.createPane("names");
  const names = [...labels(districts, "district"), ...labels(neighbourhoods, "neighbourhood")];
  const SHIFTS = [0, -22, 22, -44, 44]; // px up and down, tried in turn when signs stand where a name belongs
  let home = new Set();
  let taken = [];

  function labels(layer, kind) {
    return layer.getLayers().map((area) => {
      const { code, name, english, at } = area.feature.properties;
      const element = document.createElement("span");
      element.className = "name " + kind;
      return { area, kind, code, name, english, at, element };
    });
  }

  function isHome(code) {
    return home.has(code.slice(0, 5));
  }

  /** Mark the districts that hold cameras: they are a shade brighter than their surroundings. */
  function setHome(codes) {
    home = new Set(codes);
    for (const { area, code, element } of names) {
      area.getElement().classList.toggle("home", isHome(code));
      element.classList.toggle("home", isHome(code));
    }
    redraw();
  }

  /** Write the names in Korean or in English. */
  function setLanguage(korean) {
    for (const label of names) label.element.textContent = korean ? label.name : label.english;
    redraw();
  }

  /** Place the names that fit into their areas at this zoom, beside the signs ([{centre, reach}]) where they can be. */
  function redraw(signs = taken) {
    taken = signs;
    const kind = map.getZoom() < NEAR ? "district" : "neighbourhood";
    const visible = names.filter((label) => label.kind === kind && fits(label));
    for (const label of visible) L.DomUtil.setPosition(label.element, place(label));
    pane.replaceChildren(...visible.map((label) => label.element));
  }

  function place({ area, element, at }) {
    const centre = map.latLngToLayerPoint(at);
    const half = width(element) / 2;
    const bounds = area.getBounds();
    const top = map.latLngToLayerPoint(bounds.getNorthEast()).y + 10;
    const bottom = map.latLngToLayerPoint(bounds.getSouthWest()).y - 10;
    const free = SHIFTS.map((shift) => centre.add([0, shift])).find(
      ({ x, y }) =>
        y > top && y < bottom && !taken.some((sign) => beside(sign.centre.x - x, half) ** 2 + beside(sign.centre.y - y, 8) ** 2 < sign.reach ** 2),
    );
    return free || centre;
  }

  /** How far `distance` reaches beyond `half`. */
  function beside(distance, half) {
    return Math.max(Math.abs(distance) - half, 0);
  }

  function fits({ area, element }) {
    const bounds = area.getBounds();
    return map.project(bounds.getNorthEast()).x - map.project(bounds.getSouthWest()).x > width(element) + 12;
  }

  /** About: a Hangul syllable is 12 px wide, a Latin letter 6.5. */
  function width(element) {
    return [...element.textContent].reduce((sum, letter) => sum + (letter > "\u1100" ? 12 : 6.5), 0);
  }

  map.on("viewreset zoomend", () => redraw());
  return { setHome, setLanguage, redraw };
}
