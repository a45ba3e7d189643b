// What a newcomer can try, in the order of the list: { title, query, variables? }.
export const examples = [
  {
    title: "What this API can do",
    query: `# Press Ctrl-Enter. The schema stands at the right, with a description of everything.
{
  __schema {
    queryType { fields { name description } }
    mutationType { fields { name description } }
    subscriptionType { fields { name description } }
  }
}`,
  },
];
