import type { Party, PartyKind } from "../trust-report";

const KINDS: readonly PartyKind[] = ["caller", "gateway", "api", "app", "slot", "service", "outside"];

/** Who calls and who is called. Each has one id. */
export class Parties {
  private readonly byId = new Map<string, Party>();

  /** The party of an id, which is new or known. */
  public add(party: Party): Party {
    const known = this.byId.get(party.id);
    if (known) return known;
    this.byId.set(party.id, party);
    return party;
  }

  /** All of them: callers first, and by their ids. */
  public get all(): Party[] {
    return [...this.byId.values()].sort(
      (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || compared(one.id, other.id),
    );
  }
}

/** The order of two texts, the same on every machine. */
export function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
