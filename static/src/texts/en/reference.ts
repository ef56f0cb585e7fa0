/** The words of the API's reference at /docs. */

const digits = (count: number) => count.toLocaleString('en');

export const reference = {
  title: 'Backprop Explorer API',
  page: 'The explorer',
  search: 'Search',
  nothing: 'No call has these words.',
  groups: {
    stateless: 'Calls about a document, which store nothing',
    explanations: 'Explanations of numbers',
    examples: 'Examples',
    catalog: 'What there is',
    networks: 'Stored networks',
  },
  parameters: 'Parameters',
  body: 'Body',
  answers: 'Answers',
  answer: 'Answer',
  attempt: 'Try it',
  required: 'required',
  usual: (value: string) => `default ${value}`,
  fieldsOf: (name: string) => (name ? `Fields of ${name}` : 'Fields'),
  send: 'Send',
  lacking: (names: readonly string[]) => `Fill in ${names.join(' and ')} first.`,
  waiting: 'Waiting for the answer …',
  unreachable: 'The service does not answer. Check that it runs, then reload this page.',
  cut: (shown: number, all: number) => `The first ${digits(shown)} of ${digits(all)} characters; the command has all.`,
  copy: 'Copy as a curl command',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
};
