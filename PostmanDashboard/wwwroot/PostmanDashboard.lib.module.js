// Blazor loads this by its name when it starts.
export function afterWebStarted(blazor) {
  // Raised by shell.js; see ApiKeys/Panel/ContactEmailsField.razor.
  blazor.registerCustomEventType('addressestaken', { createEventArgs: event => event.detail });
}
