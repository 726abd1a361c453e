import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { copyOf, folderOf, init, withProviders } from "./stack";
import { runTests } from "./tftest";

/* What the guide for users says, done as it says. */

const GUIDE = readFileSync(join(__dirname, "..", "..", "..", "docs", "guides", "testing.md"), "utf8");
const [mocks, quickstart, existingGateway] = Array.from(GUIDE.matchAll(/```hcl\n([^]*?)```/g), ([, code]) => code);

withProviders("the guide shows a test that Terraform passes", () => {
  test.each([
    ["quickstart", quickstart],
    ["existing-gateway", existingGateway],
  ])("of %s", async (stack, code) => {
    const copy = copyOf(stack, `${stack}-of-the-guide`);
    const written = mkdtempSync(join(tmpdir(), "guide-"));
    try {
      const file = join(written, `${stack}.tftest.hcl`);
      mkdirSync(join(written, "mocks"));
      writeFileSync(join(written, "mocks", "azure.tfmock.hcl"), mocks);
      writeFileSync(file, code);
      init(copy);
      expect((await runTests(file, copy)).errors).toEqual([]);
    } finally {
      rmSync(written, { recursive: true });
      rmSync(folderOf(copy), { recursive: true });
    }
  });
});
