// Sliders beside the fields, and sums that follow them. The server computes them, as it does for the form alone.

const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]; // of each power of ten, where a slider goes in ratios
const PAUSE = 150; // milliseconds without a change after which the server is asked

const form = document.querySelector(".capacity-form");
const result = document.querySelector("#result");
let timer = 0;
let asked = null;

/** Return the values that a slider goes through. */
function values({ min, max, dataset }) {
  const [least, most] = [Number(min), Number(max)];
  if (dataset.scale === "even") return Array.from({ length: most - least + 1 }, (_, step) => least + step);
  const between = [];
  for (let power = 1; power <= most; power *= 10) between.push(...NICE.map((nice) => nice * power));
  return [least, ...between.filter((value) => Number.isInteger(value) && value > least && value < most), most];
}

/** Tie a slider to its number field. */
function tie(slider) {
  const field = document.getElementById(slider.dataset.slides);
  const steps = values(field);
  slider.max = steps.length - 1;
  const show = () => {
    const near = steps.findIndex((value) => value >= field.valueAsNumber);
    slider.value = near < 0 ? steps.length - 1 : near;
    tell();
  };
  const tell = () => slider.setAttribute("aria-valuetext", `${field.value} ${field.dataset.unit}`);
  slider.addEventListener("input", () => {
    field.value = steps[slider.value];
    tell();
  });
  field.addEventListener("input", show);
  show();
  slider.hidden = false;
}

/** Say at each field what is wrong with it; return whether nothing is. */
function check() {
  for (const field of form.querySelectorAll("input[name]")) {
    const problem = document.getElementById(`${field.id}_error`);
    problem.textContent = field.validationMessage;
    problem.hidden = field.validity.valid;
    field.setAttribute("aria-invalid", !field.validity.valid);
    if (field.validity.valid) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", problem.id);
  }
  return form.checkValidity();
}

async function compute() {
  asked?.abort();
  asked = new AbortController();
  const query = `?${new URLSearchParams(new FormData(form))}`;
  result.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action + query, { signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    result.replaceChildren(...page.querySelector("#result").childNodes);
    history.replaceState(null, "", query);
    result.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name === "AbortError") return; // a later change has asked again
    form.submit(); // the page that comes says what is wrong
  }
}

for (const slider of form.querySelectorAll("[data-slides]")) tie(slider);
form.querySelector("[data-compute]").hidden = true; // Enter in a field still sends the form
form.addEventListener("input", () => {
  clearTimeout(timer);
  if (check()) timer = setTimeout(compute, PAUSE);
});
