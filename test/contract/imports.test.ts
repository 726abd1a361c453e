import { execFileSync } from "child_process";
import { join } from "path";

const ROOT = join(__dirname, "..", "..");

test("requiring the package loads no provider barrel", () => {
  const script = `
    require("tsx/cjs");
    require("./lib/index.ts");
    const barrel = /[\\\\/]@cdktf[\\\\/]provider-(azurerm|azuread)[\\\\/]lib[\\\\/]index\\.js$/;
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => barrel.test(file))));
  `;
  const loaded = execFileSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" });
  expect(JSON.parse(loaded)).toEqual([]);
});
