// The control panel: which step, with what, in which column.

import { passwordOf } from "../passwords.js";

const root = document.querySelector(".controls");
const find = (selector) => root.querySelector(selector);
const form = find("form");
const price = find("#price");

/** Call `doStep(name, chosen)` whenever a step is asked for. */
export function onStep(doStep) {
  for (const button of root.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => doStep(button.dataset.step, chosen()));
  }
  for (const button of root.querySelectorAll("[data-login]")) {
    button.addEventListener("click", () => logInAs(button.dataset.login, doStep));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    doStep("login", { username: form.username.value, password: form.password.value });
    form.password.value = "";
  });
  find("#product").addEventListener("change", offerPrice);
  offerPrice();
}

/** Say whether a step is for the column of this name. */
export function isFor(name) {
  return ["both", name].includes(find("[name=where]:checked").value);
}

/** Keep the prices at the products up to date with what answers say. */
export function learnPrices(bodies) {
  for (const product of bodies.flat()) {
    const option = find(`#product option[value="${Number(product?.id)}"]`);
    if (!option || !product.price) continue;
    const untouched = option.selected && price.value === option.dataset.price;
    option.dataset.price = product.price;
    if (untouched) offerPrice();
  }
}

/** Put the price of the chosen product into the field for a new one. */
function offerPrice() {
  price.value = find("#product").selectedOptions[0]?.dataset.price ?? "";
}

/** Log in with one click, or ask for the password that this page does not know. */
function logInAs(username, doStep) {
  const password = passwordOf(username);
  if (password) return doStep("login", { username, password });
  find("details").open = true;
  form.username.value = username;
  return form.password.focus();
}

function chosen() {
  const { value, dataset } = find("#product").selectedOptions[0] ?? { dataset: {} };
  return { product: Number(value), name: dataset.name, price: price.value, quantity: Number(find("#quantity").value) };
}
