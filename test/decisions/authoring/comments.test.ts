import { describe, expect, it } from 'vitest';
import { writableComment } from '../../../server/code/languages/comment-marks.ts';
import { commentEdit } from '../../../server/decisions/authoring/comments.ts';
import { applyEdits } from '../../../server/text/edits.ts';

const RECORD = 'docs/decisions/0007-use-kafka.md';

const commented = (path: string, text: string, line: number): string => {
  const made = commentEdit(path, text, line, RECORD);
  if ('refused' in made) throw new Error(made.refused);
  return applyEdits(path, text, made.edits);
};

describe('a comment that cites a decision', () => {
  it.each([
    ['a.ts', '// See docs/decisions/0007-use-kafka.md\nx\n'],
    ['a.py', '# See docs/decisions/0007-use-kafka.md\nx\n'],
    ['a.sql', '-- See docs/decisions/0007-use-kafka.md\nx\n'],
    ['a.css', '/* See docs/decisions/0007-use-kafka.md */\nx\n'],
    ['a.html', '<!-- See docs/decisions/0007-use-kafka.md -->\nx\n'],
    ['a.clj', ';; See docs/decisions/0007-use-kafka.md\nx\n'],
    ['a.ml', '(* See docs/decisions/0007-use-kafka.md *)\nx\n'],
    ['a.erl', '% See docs/decisions/0007-use-kafka.md\nx\n'],
    ['a.vb', "' See docs/decisions/0007-use-kafka.md\nx\n"],
    ['infra/Dockerfile', '# See docs/decisions/0007-use-kafka.md\nx\n'],
    ['infra/Dockerfile.dev', '# See docs/decisions/0007-use-kafka.md\nx\n'],
    ['Jenkinsfile', '// See docs/decisions/0007-use-kafka.md\nx\n'],
  ])('in %s has the marks of its language', (path, expected) => {
    expect(commented(path, 'x\n', 0)).toBe(expected);
  });

  it('is indented like its line, with the line ending of the file', () => {
    expect(commented('a.go', 'func a() {\r\n\tb()\r\n}\r\n', 1)).toBe(`func a() {\r\n\t// See ${RECORD}\r\n\tb()\r\n}\r\n`);
  });

  it('goes above decorators, attributes and annotations', () => {
    expect(commented('a.py', 'import x\n\n@cached\n@app.get("/")\ndef f():\n  pass\n', 4)).toBe(
      `import x\n\n# See ${RECORD}\n@cached\n@app.get("/")\ndef f():\n  pass\n`,
    );
    expect(commented('a.rs', '#[derive(Debug)]\nstruct A;\n', 1)).toBe(`// See ${RECORD}\n#[derive(Debug)]\nstruct A;\n`);
  });

  it('goes below what has to be first', () => {
    expect(commented('a.sh', '#!/bin/sh\nset -e\n', 0)).toBe(`#!/bin/sh\n# See ${RECORD}\nset -e\n`);
    expect(commented('a.xml', '<?xml version="1.0"?>\n<a/>\n', 0)).toBe(`<?xml version="1.0"?>\n<!-- See ${RECORD} -->\n<a/>\n`);
  });

  it('has the marks of the part of the component: markup, script or style', () => {
    const page = '<template>\n  <p/>\n</template>\n<script>\nlet a;\n</script>\n<style>\np {}\n</style>\n';
    expect(commented('a.vue', page, 1)).toContain(`  <!-- See ${RECORD} -->\n  <p/>`);
    expect(commented('a.vue', page, 4)).toContain(`// See ${RECORD}\nlet a;`);
    expect(commented('a.vue', page, 7)).toContain(`/* See ${RECORD} */\np {}`);
  });

  it('is not written twice', () => {
    const once = commented('a.ts', 'a;\n\nfunction b() {}\n', 2);
    const again = commentEdit('a.ts', once, 3, RECORD);
    expect(again).toEqual({ edits: [], selection: { start: { line: 2, character: 7 }, end: { line: 2, character: 7 + RECORD.length } } });
  });

  it('selects the path that it cites', () => {
    const made = commentEdit('a.ts', '  x;\n', 0, RECORD);
    const { selection } = made as Extract<typeof made, { selection: unknown }>;
    expect(commented('a.ts', '  x;\n', 0).split('\n')[0]?.slice(selection.start.character, selection.end.character)).toBe(RECORD);
  });

  it('is refused for files without comments, and names another way', () => {
    for (const path of ['package.json', 'a.png', 'LICENSE', 'data.csv']) {
      expect(writableComment(path)).toBeUndefined();
      expect(commentEdit(path, 'x', 0, RECORD)).toEqual({ refused: expect.stringContaining('.lintel/links.yaml') });
    }
  });

  it('may be asked for at any line, even one that the file does not have', () => {
    expect(commented('a.ts', '', 0)).toBe(`// See ${RECORD}\n`);
    expect(commented('a.ts', 'a\nb', 99)).toBe(`a\n// See ${RECORD}\nb`);
  });
});
