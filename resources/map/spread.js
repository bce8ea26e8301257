// Where each camera is drawn at one zoom, so that no sign hides another. Pure: points in, groups out.
"use strict";

// eslint-disable-next-line no-unused-vars
var gwanjeSpread = (function () {
  const BUBBLE_RADIUS = 19;

  /** Offsets [dx, dy] in px around a centre for n signs, neighbours at least `slot` apart, innermost first. */
  function offsets(n, slot) {
    if (n === 1) return [[0, 0]];
    if (n <= 6) {
      const radius = slot / (2 * Math.sin(Math.PI / n));
      const first = n === 2 ? Math.PI : -Math.PI / 2;
      return Array.from({ length: n }, (_, i) => polar(radius, first + (2 * Math.PI * i) / n));
    }
    const result = [[0, 0]];
    for (let ring = 1; result.length < n; ring++) {
      const places = Math.min(6 * ring, n - result.length);
      for (let i = 0; i < places; i++) result.push(polar(ring * slot, -Math.PI / 2 + (2 * Math.PI * i) / places));
    }
    return result;
  }

  function polar(radius, angle) {
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  }

  /** How far from its centre a group of n signs reaches, in px. */
  function reach(n, slot) {
    if (n === 1) return slot / 2;
    if (n <= 6) return slot / (2 * Math.sin(Math.PI / n)) + slot / 2;
    return slot * (Math.ceil((Math.sqrt(12 * n - 3) - 3) / 6) + 0.5);
  }

  /**
   * Groups of points that would overlap.
   *
   * points: [[x, y], ...] in px. slot: the room of one sign in px. most: up to how many signs a group is spread
   * around its centre; a larger one becomes a bubble with a count. Returns [{x, y, members, bubble, reach}], members
   * being indexes in ascending order; no two groups overlap; the order is by first member.
   */
  function layout(points, slot, most) {
    let groups = samePlace(points);
    const size = (n) => (n > most ? BUBBLE_RADIUS : reach(n, slot));
    for (const group of groups) group.reach = size(group.members.length);
    for (let merged = true; merged; ) {
      merged = false;
      const cell = 2 * groups.reduce((widest, group) => Math.max(widest, group.reach), 1);
      const grid = new Map();
      const key = (x, y) => Math.floor(x / cell) + ":" + Math.floor(y / cell);
      for (const group of groups) {
        const near = neighbour(grid, group, cell);
        if (near) {
          absorb(near, group);
          near.reach = size(near.members.length);
          merged = true;
        } else {
          const k = key(group.x, group.y);
          if (!grid.has(k)) grid.set(k, []);
          grid.get(k).push(group);
        }
      }
      // A group that absorbed another has moved and grown; the next pass looks at it in its new place.
      groups = [].concat(...grid.values());
      groups.sort((a, b) => a.members[0] - b.members[0]);
    }
    for (const group of groups) group.bubble = group.members.length > most;
    return groups;
  }

  function samePlace(points) {
    const places = new Map();
    points.forEach(([x, y], index) => {
      const key = Math.round(x) + ":" + Math.round(y);
      const group = places.get(key);
      if (group) absorb(group, { x, y, members: [index] });
      else places.set(key, { x, y, members: [index] });
    });
    return [...places.values()];
  }

  function neighbour(grid, group, cell) {
    const column = Math.floor(group.x / cell);
    const row = Math.floor(group.y / cell);
    for (let i = column - 1; i <= column + 1; i++)
      for (let j = row - 1; j <= row + 1; j++)
        for (const other of grid.get(i + ":" + j) || [])
          if (Math.hypot(other.x - group.x, other.y - group.y) < other.reach + group.reach) return other;
    return null;
  }

  function absorb(group, other) {
    const n = group.members.length;
    const m = other.members.length;
    group.x = (group.x * n + other.x * m) / (n + m);
    group.y = (group.y * n + other.y * m) / (n + m);
    group.members = group.members.concat(other.members).sort((a, b) => a - b);
  }

  return { layout, offsets, reach };
})();
