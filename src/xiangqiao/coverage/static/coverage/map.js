// The map of coverage: GeoJSON from this server, no tiles, marks by colour and shape. The table of points says the same.
(() => {
  "use strict";
  const place = document.getElementById("map");
  if (!place || !window.L) return;
  const L = window.L;
  const words = place.dataset;
  const map = L.map(place, { zoomControl: false, attributionControl: false, keyboard: true, minZoom: 7, maxZoom: 17 });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);

  const mark = (css, size) => L.divIcon({ className: `mark ${css}`, iconSize: [size, size] });
  const answer = (one) => (one.service === null ? "unknown" : one.service ? "yes" : "no");
  const cssOf = (one) => (one.service === null ? "unknown" : `${answer(one)} ${one.level.toLowerCase()}`);

  function shown(feature, at) {
    const one = feature.properties;
    if (one.layer === "mast") return L.marker(at, { icon: mark("mast", 7), keyboard: false, title: `${words.mast} ${one.name}` });
    if (one.layer === "planned") {
      const circle = L.circle(at, { radius: one.reach, className: "planned-reach" });
      const dot = L.marker(at, { icon: mark("planned", 18), title: `${words.planned} ${one.name}`, alt: one.name });
      return L.layerGroup([circle, dot]);
    }
    const label = `${one.name} ${words[answer(one)]}`;
    return L.marker(at, { icon: mark(cssOf(one), 12), title: label, alt: label });
  }

  function told(feature, layer) {
    const one = feature.properties;
    if (one.layer === "township") {
      layer.bindTooltip(one.name, { permanent: true, direction: "center", className: "township-name" });
      return;
    }
    if (one.layer !== "point") return;
    const box = document.createElement("div");
    const name = document.createElement("strong");
    const link = document.createElement("a");
    name.textContent = one.name;
    link.href = `${words.point}${one.id}/`;
    link.textContent = words.open;
    box.append(name, document.createElement("br"), `${words[answer(one)]} `, link);
    layer.bindPopup(box);
  }

  fetch(words.geojson, { credentials: "same-origin" })
    .then((response) => response.json())
    .then((found) => {
      const order = { township: 0, mast: 1, point: 2, planned: 3 };
      found.features.sort((a, b) => order[a.properties.layer] - order[b.properties.layer]);
      const layer = L.geoJSON(found, {
        pointToLayer: shown,
        onEachFeature: told,
        style: (feature) => ({ className: `shape-${feature.properties.layer}` }),
      }).addTo(map);
      const bounds = layer.getBounds();
      if (bounds.isValid()) map.fitBounds(bounds, { padding: [8, 8], animate: false });
      place.dataset.ready = "1";
    });
})();
