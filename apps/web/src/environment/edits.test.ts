import { expect, test } from 'vitest';
import {
  countEdits,
  hasProblem,
  mergeFile,
  noEdits,
  removeVariable,
  toUpdate,
  undoEdit,
  type VariableEdits,
} from './edits.ts';

const edited: VariableEdits = {
  values: { TOKEN: { before: 'old', value: 'new' }, SAME: { before: 'x', value: 'x' } },
  removed: ['GONE'],
  added: [
    { key: '1', name: 'PREFIX', value: '!' },
    { key: '2', name: '', value: '' },
  ],
};

test('only what differs is sent', () => {
  expect(toUpdate(edited)).toEqual({
    set: [
      { name: 'TOKEN', value: 'new' },
      { name: 'PREFIX', value: '!' },
    ],
    remove: ['GONE'],
  });
  expect(countEdits(edited)).toBe(3);
  expect(countEdits(noEdits)).toBe(0);
});

test('a value opened and left as it was is no change', () => {
  expect(countEdits({ ...noEdits, values: { A: { before: '', value: '' } } })).toBe(0);
});

test('a name added again is written, not removed, and written once', () => {
  const edits = { ...edited, removed: ['TOKEN'], added: [{ key: '1', name: 'TOKEN', value: 'z' }] };
  expect(toUpdate(edits)).toEqual({ set: [{ name: 'TOKEN', value: 'z' }], remove: [] });
});

test('a file changes saved names and adds the others', () => {
  const merged = mergeFile(
    { ...noEdits, removed: ['TOKEN'] },
    ['TOKEN'],
    [
      { name: 'TOKEN', value: 'a' },
      { name: 'PORT', value: '1' },
    ],
  );
  expect(merged.values).toEqual({ TOKEN: { before: null, value: 'a' } });
  expect(merged.removed).toEqual([]);
  expect(merged.added).toMatchObject([{ name: 'PORT', value: '1' }]);
});

test('a removal replaces an edit, and both can be undone', () => {
  const removed = removeVariable(edited, 'TOKEN');
  expect(toUpdate(removed)).toMatchObject({ set: [{ name: 'PREFIX' }], remove: ['GONE', 'TOKEN'] });
  expect(undoEdit(removed, 'TOKEN').removed).toEqual(['GONE']);
});

test('a wrong name holds the whole change back', () => {
  expect(hasProblem(edited)).toBe(false);
  expect(hasProblem({ ...edited, added: [{ key: '1', name: '1X', value: '' }] })).toBe(true);
});
