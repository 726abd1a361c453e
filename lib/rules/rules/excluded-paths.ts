import { judged, SecurityRule } from "../rule";

export const EXCLUDED_PATHS: SecurityRule = {
  id: "excluded-paths",
  title: "No path of an app behind a gateway is open without sign-in.",
  severity: "error",
  control: "IM-1",
  cwe: 306,
  judges: ({ apps }) =>
    apps.flatMap(({ signIn }) => {
      if (!signIn) return [];
      const { resource, excludedPaths } = signIn;
      const paths = excludedPaths.value.elements.map((path) => path.text ?? "a path that only Terraform knows");
      return judged(
        resource,
        excludedPaths.attribute,
        excludedPaths.value.isEmpty,
        `${excludedPaths.attribute} has ${paths.join(", ")}, where everyone can call the app without sign-in.`,
        "Remove the paths. If a probe needs one, acknowledge this finding with the reason.",
      );
    }),
};
