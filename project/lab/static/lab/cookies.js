// The cookies that scripts may read: those without HttpOnly.

/** Return a cookie's value, or nothing. */
export function cookie(name) {
  return (
    document.cookie
      .split("; ")
      .find((one) => one.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ""
  );
}
