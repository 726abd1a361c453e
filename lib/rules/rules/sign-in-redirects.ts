import { judged, SecurityRule } from "../rule";

/** A consumer without a token gets a page for people, and the paths that are excluded take effect. */
export const SIGN_IN_REDIRECTS: SecurityRule = {
  id: "sign-in-redirects",
  title: "Every app behind a gateway answers requests without a token with 401.",
  severity: "warning",
  control: "IM-1",
  judges: ({ apps }) =>
    apps.flatMap(({ signIn }) => {
      if (!signIn) return [];
      const { resource, action } = signIn;
      if (action.value.is(["AllowAnonymous"])) return []; // Said by sign-in-not-required.
      return judged(
        resource,
        action.attribute,
        action.value.is(["Return401", "Return403", "Return404"], "RedirectToLoginPage"),
        `${action.attribute} is ${action.value.isAbsent ? "not set, so it is RedirectToLoginPage" : action.value.text}: requests without a token are redirected to a sign-in page.`,
        'Write "Return401".',
      );
    }),
};
