import { dirname, join } from "path";
import { commandOfLib } from "../helpers/command";
import { Json } from "../helpers/synth";

/*
 * The package as a user in plain JavaScript has it: no type stands between the test and the library.
 *
 *   const { ApiSurface, Backend } = packed();
 *   expect(() => ApiSurface.operations([{ method: "TRACE", path: "/" }])).toThrow(refusal("method-unknown"));
 *
 * `npm run test:package` packs once and loads what it packed. `npx jest test/promises` loads `lib` instead, which needs no build.
 * Both find cdktf, the providers and test/helpers where every test finds them, so constructs of both sides fit together.
 * Never import ../../lib beside it: that would be a second copy of the library.
 */

const ENTRY = require.resolve("cdktf-secure-apim-backend");

/** All exports of the package, without types. */
export function packed(): Json {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as JavaScript does
  return require(ENTRY);
}

/** The arguments of `node` that run the package's command. */
export function packedCommand(): string[] {
  return [ENTRY.endsWith(".ts") ? commandOfLib() : join(dirname(ENTRY), "cli", "main.js")];
}
