import { join } from "path";
import * as ts from "typescript";

/** Every list and map that the public API takes: `Struct.property`, by the interface that declares it, and `Class.method`. */
export function publicLists(): string[] {
  const index = join(__dirname, "../../../lib/index.ts");
  const config = ts.readConfigFile(join(__dirname, "../../../tsconfig.json"), (path) => ts.sys.readFile(path)).config;
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, join(__dirname, "../../.."));
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();

  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
  const isList = (symbol: ts.Symbol): boolean =>
    checker.isArrayType(typeOf(symbol)) || typeOf(symbol).getStringIndexType() !== undefined;
  const isPublic = ({ name }: ts.Symbol): boolean => !name.startsWith("_");
  const propertiesOf = (struct: ts.Symbol): string[] =>
    checker
      .getDeclaredTypeOfSymbol(struct)
      .getProperties()
      .filter((property) => isPublic(property) && isList(property))
      .map(
        ({ name, declarations = [] }) => `${(declarations[0].parent as ts.NamedDeclaration).name!.getText()}.${name}`,
      );
  const methodsOf = (ofClass: ts.Symbol): string[] =>
    [checker.getTypeOfSymbol(ofClass), checker.getDeclaredTypeOfSymbol(ofClass)]
      .flatMap((type) => type.getProperties())
      .filter(isPublic)
      .filter((method) =>
        typeOf(method)
          .getCallSignatures()
          .some(({ parameters }) => parameters.some(isList)),
      )
      .map((method) => `${ofClass.name}.${method.name}`);

  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(index)!)!)
    .map((each) => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each))
    .flatMap((each) => {
      if (each.flags & ts.SymbolFlags.Class) return methodsOf(each);
      // In jsii, interfaces whose names begin with I have methods. All others are structs.
      return each.flags & ts.SymbolFlags.Interface && !/^I[A-Z]/.test(each.name) ? propertiesOf(each) : [];
    });
}
