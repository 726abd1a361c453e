import { ConflictResolution } from "../conflict-resolution";
import { PolicySlot } from "../statement";
import { conflictRule } from "./conflict-rule";
import { isInbound } from "./located";
import { inSlot } from "./rule";

const RESPONSES = new Set(["return-response", "mock-response"]);

export const EARLY_RESPONSE = conflictRule({
  id: "early-response",
  theirs: (located) => isInbound(located) && !located.nested && RESPONSES.has(located.element.name),
  ours: inSlot(PolicySlot.ROUTING, PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> answers every request, so nothing after it runs, not even ${other}.`,
  keep: {
    resolution: ConflictResolution.KEEP_EARLY_RESPONSE,
    omitsOurs: false,
    purpose: "to leave it there, so that the backend is not called",
  },
  replace: ConflictResolution.REPLACE_EARLY_RESPONSE,
  overrides: false,
});
