// Projector mode: large type, high contrast, nothing secret. The key p or a button with data-projector switches it.

const KEY = "lab.projector";
const root = document.documentElement;

/** Say whether a room is looking on. */
export function projecting() {
  return root.classList.contains("projector");
}

function project(on) {
  root.classList.toggle("projector", on);
  for (const button of document.querySelectorAll("[data-projector]")) {
    button.setAttribute("aria-pressed", on);
    button.hidden = false;
  }
  localStorage.setItem(KEY, on ? "on" : "off");
  document.dispatchEvent(new Event("projector"));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  if (event.key === "p" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) project(!projecting());
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-projector]")) project(!projecting());
});

root.classList.toggle("projector", localStorage.getItem(KEY) === "on"); // before the first paint
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => project(projecting()));
else project(projecting());
