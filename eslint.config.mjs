import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

// Why: docs/design/decisions.md#imports-of-frameworks
const barrels = ["@cdktf/provider-azurerm", "@cdktf/provider-azuread"].map((name) => ({
  name,
  message: `Import one resource, "${name}/lib/<resource>": the barrel loads every resource of the provider.`,
}));

export default tseslint.config(
  { ignores: ["build/", "coverage/", "cdktf.out/", "node_modules/", "dist/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "no-restricted-imports": ["error", { paths: barrels }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/explicit-member-accessibility": ["error", { overrides: { constructors: "no-public" } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  {
    // Why: docs/design/decisions.md#providers-are-loaded-on-use
    files: ["lib/**"],
    ignores: ["lib/providers/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^@cdktf/provider-",
              allowTypeImports: true,
              message:
                'Write "import type" for a type. Add a class to lib/providers/, and write "new azurerm.<class>".',
            },
          ],
        },
      ],
    },
  },
  {
    files: ["lib/azure/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name='azurerm'][property.name=/ApiManagement/i]",
          message: "lib/azure knows Azure and nothing of API Management.",
        },
      ],
    },
  },
  {
    // What is read can be long and hostile: no expression may take more time than grows with it. A match may begin anywhere.
    files: ["lib/**"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/explicit-member-accessibility": "off",
    },
  },
);
