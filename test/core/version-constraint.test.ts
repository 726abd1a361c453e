import { mayBeMajor } from "../../lib/core/version-constraint";

test.each([
  "2.7.0",
  "= 2.7.0",
  "v2.7.0",
  "~> 2.0",
  "~> 2.7.1",
  "~> 1",
  ">= 1.13",
  ">= 1.13, < 3.0",
  "> 2.0.0, <= 2.0.1",
  "<= 2.0.0",
  "!= 2.1.0",
  "2.0.0-beta",
  "latest",
  "",
])("%s can be met by version 2", (constraint) => {
  expect(mayBeMajor(constraint, 2)).toBe(true);
});

test.each([
  "1.15.0",
  "~> 1.15",
  "~> 1.15.0",
  "~>3.0",
  "3.0.0",
  "< 2.0.0",
  "<2",
  "<= 1.15",
  ">= 1.13, < 2.0",
  ">= 3",
  "> 2.0.0, < 2.0.1",
  "~> 2.0, != 2.1.0, < 2.0",
])("%s cannot be met by version 2", (constraint) => {
  expect(mayBeMajor(constraint, 2)).toBe(false);
});
