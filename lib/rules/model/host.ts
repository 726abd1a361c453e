import { beginningsOf } from "../../core/beginnings";
import { grouped } from "../../core/grouped";

/** The host of an address, in lower case; empty for anything else. */
export function hostOf(url: string): string {
  const [, host = ""] = /^(?:http|ws)s?:[/]{2}(?:[^/@]*@)?((?:\$\{[^}]*\}|[^/:?#])+)/i.exec(url) ?? [];
  return host.toLowerCase().replace(/[.]$/, "");
}

/** What stands before each dot of a host. One of them is the name of what Azure gives the host to. */
export function namesIn(host: string): string[] {
  return beginningsOf(host, ".").filter((name) => name !== "");
}

/** Finds the first of some things that has a name with which a host begins, such as `orders` in `orders.azurewebsites.net`. */
export function byNameInHost<T>(
  things: Iterable<T>,
  namesOf: (thing: T) => Iterable<string>,
): (host: string) => T | undefined {
  const byName = grouped(things, namesOf);
  return (host) => namesIn(host).flatMap((name) => byName.get(name) ?? [])[0];
}
