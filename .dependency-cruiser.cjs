/*
 * The plan of the house: a folder is a room, rooms stand on floors, and an import goes down, never up and never in a circle.
 * `npm run lint` checks it.
 *
 * @see docs/design/decisions.md#one-house
 */

/** From the ground up. Rooms on one floor do not know each other. */
const FLOORS = [
  ["core"],
  ["providers"],
  ["azure"],
  ["policy", "entra"],
  ["rules"],
  ["report"],
  ["gateway"],
  ["api"],
  ["backends"],
  ["publishing", "diagnostics"],
  ["composition"],
  ["mcp"],
];

/** What the command line may use. It loads neither cdktf nor a provider, and nobody imports it. */
const CLI_MAY_USE = ["cli", "report", "rules", "policy", "entra", "core"];

const rooms = FLOORS.flat();
const oneOf = (names) => `^lib/(${names.join("|")})/`;

const downwards = FLOORS.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `${room}-imports-downwards`,
    comment: `lib/${room} may import only rooms below it: ${FLOORS.slice(0, level).flat().join(", ") || "none"}.`,
    severity: "error",
    from: { path: oneOf([room]) },
    to: { path: "^lib/", pathNot: oneOf([room, ...FLOORS.slice(0, level).flat()]) },
  })),
);

module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that need each other are one file, or need a third one below both.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-private-folder",
      comment: "A folder is named after a subject. What is internal is not exported from lib/index.ts.",
      severity: "error",
      from: { path: "/private/" },
      to: {},
    },
    {
      name: "no-import-of-a-private-folder",
      comment: "A folder is named after a subject.",
      severity: "error",
      from: {},
      to: { path: "/private/" },
    },
    {
      name: "no-orphan",
      comment: "Every file of lib is used, and a room is one of those that this file knows.",
      severity: "error",
      from: { orphan: true, path: "^lib/" },
      to: {},
    },
    {
      name: "no-unknown-room",
      comment: "A new room gets its floor in .dependency-cruiser.cjs.",
      severity: "error",
      from: { path: "^lib/[^/]+/", pathNot: oneOf([...rooms, "cli"]) },
      to: {},
    },
    ...downwards,
    {
      name: "cli-imports-little",
      comment: "The command line starts fast: it uses what needs no cdktf, and the table of the clouds.",
      severity: "error",
      from: { path: oneOf(["cli"]) },
      to: { path: "^lib/", pathNot: [oneOf(CLI_MAY_USE), "^lib/azure/clouds/(hosts|services)[.]ts$"] },
    },
    {
      name: "nothing-imports-the-index",
      comment: "lib/index.ts is for users of the package.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^lib/index\\.ts$" },
    },
    {
      name: "nothing-imports-the-command",
      comment: "The library does not know its command line.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/cli/" },
      to: { path: "^lib/cli/" },
    },
    {
      name: "core-knows-no-azure",
      comment: "lib/core knows cdktf and nothing of Azure.",
      severity: "error",
      from: { path: oneOf(["core"]) },
      to: { path: "@cdktf/provider-" },
    },
    {
      name: "azure-knows-no-api-management",
      comment: "lib/azure knows Azure and nothing of API Management.",
      severity: "error",
      from: { path: oneOf(["azure"]) },
      to: { path: "@cdktf/provider-azurerm/lib/api-management" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    includeOnly: ["^lib/", "node_modules/@cdktf/provider-"],
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "types"] },
  },
};
