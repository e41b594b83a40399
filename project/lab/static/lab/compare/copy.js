// Copying. Over plain http on a LAN address browsers have no clipboard for scripts: there the text is shown, selected.

import { element } from "../dom.js";

document.addEventListener("projector", putAway);

/** Take away what was shown to be copied. */
export function putAway() {
  for (const field of document.querySelectorAll(".to-copy")) field.remove();
}

/** Copy a text, and say at the button that it is done. */
export async function copy(text, button) {
  putAway();
  try {
    await navigator.clipboard.writeText(text);
    flash(button, "Copied");
  } catch {
    const field = element("textarea", { className: "to-copy", readOnly: true, value: text, rows: 5 });
    field.setAttribute("aria-label", "Text to copy");
    button.parentElement.append(field);
    field.select();
    flash(button, "Press Ctrl+C");
  }
}

function flash(button, text) {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = text;
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
}
