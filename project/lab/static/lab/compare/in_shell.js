// How a terminal does what a client does: {before: lines that come first, carries: arguments of the request}.

const CUT_OUT = (key) => `$(printf %s "$ANSWER" | sed 's/.*"${key}":"\\([^"]*\\)".*/\\1/')`;

/** Say it for a credential in a cookie: curl keeps the cookies in a jar. */
export function withJar(mount, request, logInWith) {
  const write = request.method !== "GET";
  if (!request.as && !write) return { before: [], carries: [] };
  const url = location.origin + mount;
  const referer = location.protocol === "https:" ? ` -e ${location.origin}/` : ""; // there Django looks at the Referer
  const csrf = `-H "X-CSRFToken: $(awk '/csrftoken/ {print $7}' jar.txt)"${referer}`;
  const before = [`curl -s -c jar.txt ${url}csrf/`];
  if (request.as) before.push(`curl -s -o /dev/null -b jar.txt -c jar.txt ${csrf} ${logInWith} ${url}login/`);
  return { before, carries: ["-b jar.txt -c jar.txt", ...(write ? [csrf] : [])] };
}

/** Say it for a credential in a header: it is cut out of the login's answer. */
export function withToken(mount, request, logInWith) {
  const logIn = `ANSWER=$(curl -s ${logInWith} ${location.origin}${mount}login/)`;
  if (request.credential) {
    return { before: [logIn, `TOKEN=${CUT_OUT("access")}`], carries: ['-H "Authorization: Bearer $TOKEN"'] };
  }
  return { before: request.body?.refresh ? [logIn, `REFRESH=${CUT_OUT("refresh")}`] : [], carries: [] };
}
