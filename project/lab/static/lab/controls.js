// The control panel: which step, with what, in which column.

const root = document.querySelector(".controls");
const find = (selector) => root.querySelector(selector);
const form = find("form");

/** Call `doStep(name, chosen)` whenever a step is asked for. */
export function onStep(doStep) {
  for (const button of root.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => doStep(button.dataset.step, chosen()));
  }
  for (const button of root.querySelectorAll("[data-login]")) {
    button.addEventListener("click", () => logInAs(button.dataset, doStep));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    doStep("login", { username: form.username.value, password: form.password.value });
    form.password.value = "";
  });
}

/** Say whether a step is for the column of this name. */
export function isFor(name) {
  return ["both", name].includes(find("[name=where]:checked").value);
}

/** Return a demo account's password; undefined for accounts that this page knows nothing of. */
export function passwordOf(username) {
  return find(`[data-login="${CSS.escape(username)}"]`)?.dataset.password;
}

/** Keep the prices at the products up to date with what answers say. */
export function learnPrices(bodies) {
  for (const product of bodies.flat()) {
    const option = find(`#product option[value="${Number(product?.id)}"]`);
    if (option && product.price) option.dataset.price = product.price;
  }
}

/** Log in with one click, or ask for the password that this page does not know. */
function logInAs({ login: username, password }, doStep) {
  if (password) return doStep("login", { username, password });
  find("details").open = true;
  form.username.value = username;
  return form.password.focus();
}

function chosen() {
  const { value, dataset } = find("#product").selectedOptions[0] ?? { dataset: {} };
  return { product: Number(value), ...dataset, quantity: Number(find("#quantity").value) };
}
