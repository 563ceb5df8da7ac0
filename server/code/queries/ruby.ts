/** Ruby. A module is mostly a namespace, and no level of its own. */
export const RUBY = `
(module name: [(constant) (scope_resolution)] @name) @namespace
(class name: [(constant) (scope_resolution)] @name) @class
(method name: (_) @name) @method
(singleton_method name: (_) @name) @method
(assignment left: (constant) @name) @constant
`;
