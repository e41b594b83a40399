// Where the controls and the result have no room side by side, a step shows its result further down.

/** Scroll to something that is in the lower half of the window, or below it. Before the first click nothing moves. */
export function bringIntoSight(target) {
  if (!navigator.userActivation?.hasBeenActive || target.getBoundingClientRect().top < innerHeight / 2) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ behavior: still ? "instant" : "smooth" });
}
