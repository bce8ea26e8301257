// The sign of each state, as SVG: shape first, colour second (the same shapes as the rest of the program draws).
"use strict";

// eslint-disable-next-line no-unused-vars
var gwanjeSigns = (function () {
  const SVG = "http://www.w3.org/2000/svg";
  // In a box of 20 x 20 with the centre at 0, 0. "plate" is drawn in the ground colour under the sign.
  const SHAPES = {
    idle: [["circle", { r: 4.75, class: "line" }]],
    opening: [["circle", { r: 5.5, class: "line dashed" }]],
    buffering: [["circle", { r: 5.5, class: "line dashed" }]],
    live: [["circle", { r: 6, class: "solid" }]],
    stalled: [
      ["circle", { r: 6.25, class: "line" }],
      ["path", { d: "M0,-6.25 A6.25,6.25 0 0 0 0,6.25 Z", class: "solid" }],
    ],
    retrying: [
      ["path", { d: "M5.2,-1.8 A5.5,5.5 0 1 0 5.2,1.8", class: "line" }],
      ["path", { d: "M2.4,-2.2 L7.6,-1 L7.2,-6.2 Z", class: "solid" }],
    ],
    failed: [["path", { d: "M-4.6,-4.6 L4.6,4.6 M4.6,-4.6 L-4.6,4.6", class: "line bold" }]],
    suspended: [["path", { d: "M-2.6,-4.4 V4.4 M2.6,-4.4 V4.4", class: "line bold" }]],
  };
  const PTZ = "M0,-5.2 L2.3,-1.9 H-2.3 Z M0,5.2 L-2.3,1.9 H2.3 Z M-5.2,0 L-1.9,-2.3 V2.3 Z M5.2,0 L1.9,2.3 V-2.3 Z";

  function node(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  /** An <svg> with the sign of `state`; `data-sign` names what is drawn. */
  function sign(state) {
    const svg = node("svg", { viewBox: "-10 -10 20 20", class: "sign", "aria-hidden": "true" });
    draw(svg, state);
    return svg;
  }

  /** Draw another state into an <svg> that sign() made. */
  function draw(svg, state) {
    const shape = SHAPES[state] || SHAPES.idle;
    svg.setAttribute("data-sign", state);
    svg.replaceChildren(
      node("circle", { r: 9, class: "plate" }),
      ...shape.map(([name, attributes]) => node(name, attributes)),
    );
  }

  /** The small mark of a camera that can be moved. */
  function ptz() {
    const svg = node("svg", { viewBox: "-6 -6 12 12", class: "ptz", "aria-hidden": "true" });
    svg.append(node("circle", { r: 6, class: "plate" }), node("path", { d: PTZ, class: "solid" }));
    return svg;
  }

  /** Where a camera looks: a soft wedge; `bearing` in degrees clockwise from north. */
  function wedge(bearing) {
    const svg = node("svg", { viewBox: "-30 -30 60 60", class: "wedge", "aria-hidden": "true" });
    svg.append(node("path", { d: "M0,0 L-13,-24 A27.3,27.3 0 0 1 13,-24 Z", transform: `rotate(${Number(bearing)})` }));
    return svg;
  }

  return { sign, draw, ptz, wedge, states: Object.keys(SHAPES) };
})();
