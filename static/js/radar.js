// Lets people ask a radar: Plotly draws its lines and marks over the band, the grid and
// the words of the server's drawing, in the same place and colours. It loads late,
// when a radar comes into view on a desk; phones, print and any failure keep the
// server's drawing, which also remains what screen readers hear.

const DESK = window.matchMedia("(min-width: 48rem)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");
// The system's own colours reach the server's drawing, and Plotly knows none of them.
const FORCED = window.matchMedia("(forced-colors: active)");
const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  scrollZoom: false,
  doubleClick: false,
  staticPlot: false,
};
const DRAWN = new Map();
let loading = null;

function loadPlotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => reject(new Error("Plotly did not load")));
    document.head.append(script);
  });
  return loading;
}

// Values that begin with "--" are names of our CSS properties.
function colour(value, styles) {
  if (typeof value === "string" && value.startsWith("--")) {
    return styles.getPropertyValue(value).trim();
  }
  if (Array.isArray(value)) {
    return value.map((each) => colour(each, styles));
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, colour(each, styles)]),
    );
  }
  return value;
}

function readFigure(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  return colour(figure, getComputedStyle(document.documentElement));
}

// Lines and marks shrink with the drawing under them.
function resize(value, scale) {
  return Array.isArray(value) ? value.map((each) => each * scale) : value * scale;
}

function shrinkTrace(trace, scale) {
  const line = { ...trace.line, width: resize(trace.line.width, scale) };
  if (line.dash) {
    line.dash = line.dash.replace(/[\d.]+/g, (length) => (length * scale).toFixed(1));
  }
  if (!trace.marker) {
    return { ...trace, line };
  }
  const marker = {
    ...trace.marker,
    size: resize(trace.marker.size, scale),
    line: { ...trace.marker.line, width: resize(trace.marker.line.width, scale) },
  };
  return { ...trace, line, marker };
}

function fitOverDrawing(figure, width) {
  const scale = width / figure.layout.width;
  const clear = "rgba(0,0,0,0)";
  const polar = {
    ...figure.layout.polar,
    bgcolor: clear,
    angularaxis: { ...figure.layout.polar.angularaxis, visible: false },
    radialaxis: { ...figure.layout.polar.radialaxis, visible: false },
  };
  const layout = {
    ...figure.layout,
    width,
    height: figure.layout.height * scale,
    paper_bgcolor: clear,
    annotations: [],
    polar,
  };
  const asked = figure.data.filter((trace) => trace.hoverinfo !== "skip");
  return { data: asked.map((trace) => shrinkTrace(trace, scale)), layout };
}

function splitLines(text) {
  return text.replace(/: /, "<br>").replace(/; /g, "<br>").replace(/\.$/, "");
}

async function draw(place) {
  if (FORCED.matches) {
    place.classList.remove("is-live");
    return;
  }
  const live = place.querySelector(".radar-live");
  const width = place.querySelector(".only-wide").clientWidth;
  if (!DESK.matches || !width) {
    return;
  }
  try {
    const Plotly = await loadPlotly(place.dataset.plotly);
    const figure = fitOverDrawing(readFigure(place), width);
    for (const trace of figure.data) {
      trace.text = trace.text?.map(splitLines);
    }
    await Plotly.react(live, figure.data, figure.layout, CONFIG);
    place.classList.add("is-live");
    if (!DRAWN.has(place)) {
      addSaveButton(place, Plotly);
    }
    DRAWN.set(place, width);
  } catch {
    place.classList.remove("is-live");
  }
}

// The picture to keep has words, title and key, because it stands alone.
function completeFigure(place) {
  const figure = readFigure(place);
  const { height } = figure.layout;
  figure.layout.margin = { l: 40, r: 40, t: 90, b: 70, pad: 0 };
  figure.layout.width += 80;
  figure.layout.height = height + 160;
  figure.layout.title = {
    text: place.dataset.title,
    font: { family: figure.layout.annotations[0].font.family, size: 26 },
    x: 40 / figure.layout.width,
    y: 1 - 40 / figure.layout.height,
  };
  figure.layout.showlegend = true;
  figure.layout.legend = { orientation: "h", x: 0, y: -20 / height, yanchor: "top" };
  return figure;
}

function addSaveButton(place, Plotly) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-plain small save-picture";
  button.textContent = "Save this picture";
  button.addEventListener("click", async () => {
    const figure = completeFigure(place);
    const { width, height } = figure.layout;
    const size = { format: "png", scale: 2, width, height };
    const address = await Plotly.toImage(figure, size);
    const link = document.createElement("a");
    link.href = address;
    link.download = `${place.dataset.title}.png`;
    link.click();
  });
  place.querySelector(".only-wide").append(button);
}

function redrawAll() {
  DRAWN.forEach((width, place) => draw(place));
}

function watch(place) {
  const seen = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting) && DESK.matches) {
        seen.disconnect();
        draw(place);
        watchWidth(place);
      }
    },
    { rootMargin: "200px" },
  );
  seen.observe(place);
}

function watchWidth(place) {
  new ResizeObserver(() => {
    const width = place.querySelector(".only-wide").clientWidth;
    if (DRAWN.has(place) && width && DRAWN.get(place) !== width) {
      draw(place);
    }
  }).observe(place);
}

if (!navigator.connection?.saveData) {
  document.querySelectorAll("[data-radar]").forEach(watch);
}
DARK.addEventListener("change", redrawAll);
FORCED.addEventListener("change", redrawAll);
