/** What a comment begins with that silences a warning. */
export const allowWord = "mcrules-allow";
