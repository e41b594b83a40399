// Getting a new credential when the old one is over: before a request or after a refusal, once however many ask for it.

export const EXPIRED = "Refresh, as the token has expired";
export const TREATED = "Refresh, as this client treats the token as expired";
const REFUSED = "Refused: the token is not good any more";
const AFTER_REFUSAL = "Refresh, as the token was refused";

/**
 * Return {refresh, send} for a client that can refresh.
 *
 * @param call sends one request: {status, exchanges}.
 * @param renew exchanges the credential for a new one, or forgets it; returns the exchanges that took.
 * @param over says why the credential must be renewed before it is used, or nothing.
 * @param held returns what is another value for another credential, and nothing where there is none.
 */
export function renewal({ call, renew, over, held }) {
  let running = null;

  function refresh(itself) {
    running ??= renew(itself).finally(() => {
      running = null;
    });
    return running;
  }

  /** Wait for a new credential; the exchanges are told to the first who asked for it. */
  async function refreshed(itself) {
    if (!running) return refresh(itself);
    await running;
    return [];
  }

  async function send(request) {
    const reason = over();
    const first = reason ? await refreshed(reason) : [];
    const used = held();
    const { status, exchanges } = await call(request);
    if (status !== 401 || !used) return [...first, ...exchanges];
    const next = held() === used ? await refreshed(AFTER_REFUSAL) : [];
    if (!held()) return [...first, ...next, ...exchanges];
    const refused = { ...exchanges.at(-1), itself: REFUSED };
    return [...first, ...exchanges.slice(0, -1), refused, ...next, ...(await call(request)).exchanges];
  }

  return { refresh, send };
}
