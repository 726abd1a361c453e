import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { surveyOf } from "../../lib/core/survey";

/** A stack with constructs that ask for what a search found, and all answers that they got. */
function asking(constructs: number) {
  const stack = new TerraformStack(Testing.app(), "stack");
  let searches = 0;
  const search = jest.fn(() => ++searches);
  const answers: number[] = [];
  for (let i = 0; i < constructs; i++) {
    const found = surveyOf(stack, "survey", search);
    new Construct(stack, `Asking${i}`).node.addValidation({
      validate: () => {
        answers.push(found());
        return [];
      },
    });
  }
  return { stack, search, answers };
}

test("however many constructs ask, each run of the validations searches once", () => {
  const { stack, answers } = asking(3);
  stack.runAllValidations();
  stack.runAllValidations();
  expect(answers).toEqual([1, 1, 1, 2, 2, 2]);
});

test("a construct that is validated without its stack gets an answer, too", () => {
  const { stack, answers } = asking(1);
  stack.node.findChild("Asking0").node.validate();
  expect(answers).toEqual([1]);
});

test("nothing is searched before", () => {
  expect(asking(3).search).not.toHaveBeenCalled();
});
