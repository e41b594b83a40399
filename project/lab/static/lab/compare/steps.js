// What can be done, the same in either column: {title(chosen, clients), run(client, chosen)}; `parts` are done at once.

const ask = (client, method, path, body) => client.send({ method, path: client.scheme.mount + path, body });

export const STEPS = {
  login: {
    title: ({ username }) => `Log in as ${username}`,
    run: (client, { username, password }) => client.logIn(username, password),
  },
  who: { title: () => "Who am I?", run: (client) => ask(client, "GET", "me/") },
  refresh: { title: (_, clients) => refreshTitle(clients), run: (client) => client.refresh() },
  logout: { title: () => "Log out", run: (client) => client.logOut() },
  products: {
    title: () => "See the products",
    run: (client) => client.send({ method: "GET", path: "/api/products/" }), // public: under no scheme
  },
  cart: { title: () => "See the cart", run: (client) => ask(client, "GET", "cart/") },
  add: {
    title: ({ name, quantity }) => `Add ${quantity} × ${name}`,
    run: (client, { product, quantity }) => ask(client, "POST", "cart/items/", { product, quantity }),
  },
  change: {
    title: ({ name, quantity }) => `Make it ${quantity} × ${name}`,
    run: (client, { product, quantity }) => ask(client, "PUT", `cart/items/${product}/`, { quantity }),
  },
  remove: {
    title: ({ name }) => `Remove ${name}`,
    run: (client, { product }) => ask(client, "DELETE", `cart/items/${product}/`),
  },
  empty: { title: () => "Empty the cart", run: (client) => ask(client, "DELETE", "cart/") },
  checkout: { title: () => "Check out", run: (client) => ask(client, "POST", "orders/", {}) },
  orders: { title: () => "See the orders", run: (client) => ask(client, "GET", "orders/") },
  price: {
    title: ({ name, price }) => `Set the price of ${name} to ${price}`,
    run: (client, { product, price }) => ask(client, "PATCH", `products/${product}/`, { price }),
  },
  twice: { parts: ["cart", "orders"] },
};

/** Say what is done where a scheme has no refresh: it asks who it is. */
function refreshTitle(clients) {
  const have = clients.filter(({ scheme }) => scheme.refreshes).length;
  if (have === clients.length) return "Refresh";
  return have ? "Refresh; without one: Who am I?" : "No refresh: Who am I?";
}
