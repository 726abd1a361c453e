import { Progress } from "../../lib/cli/policy/progress";

function shown(interactive: boolean, millisecondsEach: number): string {
  let now = 0;
  jest.spyOn(Date, "now").mockImplementation(() => now);
  let err = "";
  const progress = new Progress(3, { out: () => undefined, err: (text) => void (err += text), interactive });
  for (let document = 0; document < 3; document++) {
    now += millisecondsEach;
    progress.next();
  }
  progress.clear();
  return err;
}

afterEach(() => jest.restoreAllMocks());

test("a long run shows how far it has come, and clears its line", () => {
  const line = "\r\u001b[K";
  expect(shown(true, 600)).toBe(`${line}2 of 3 documents${line}3 of 3 documents${line}`);
});

test("a short run, and one that nobody watches, show nothing", () => {
  expect(shown(true, 100)).toBe("");
  expect(shown(false, 5000)).toBe("");
});
