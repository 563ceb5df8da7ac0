-- Runs a configuration of docs/language-server.md in Neovim: opens a file of a repository, waits until it is indexed, asks, and prints what came back as JSON.
-- Arguments by environment: CONFIG, ROOT, FILE, RECORD.
local root, file = vim.env.ROOT, vim.env.FILE
local status = nil

vim.lsp.handlers['lintel/status'] = function(_, result) status = result end

local function fail(words)
  io.stderr:write(words .. '\n')
  vim.cmd('cquit')
end

vim.cmd('luafile ' .. vim.fn.fnameescape(vim.env.CONFIG))
vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/' .. file))
local buffer = vim.api.nvim_get_current_buf()
local clients = vim.lsp.get_clients or vim.lsp.get_active_clients

local ready = vim.wait(60000, function()
  local first = status and status.repositories[1]
  return first ~= nil and first.state == 'ready' and #clients() == 1
end, 50)
if not ready then fail('The repository was not ready after a minute: ' .. vim.inspect(status)) end
local client = clients()[1]

local function ask(method, params)
  params.textDocument = params.textDocument or { uri = vim.uri_from_bufnr(buffer) }
  local answers, err = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  local answer = answers and answers[client.id]
  if answer == nil or answer.err or answer.error then fail(method .. ' failed: ' .. vim.inspect(err or answer)) end
  return answer.result
end

local hover = ask('textDocument/hover', { position = { line = 2, character = 5 } })
local outcome = {
  status = status,
  hover = hover,
  links = ask('textDocument/documentLink', {}),
  lenses = ask('textDocument/codeLens', {}),
  shown = vim.lsp.util.convert_input_to_markdown_lines(hover.contents),
  root = client.config.root_dir,
}

-- The server pushes findings to older versions; newer ones ask for them.
vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/' .. vim.env.RECORD))
local record = vim.api.nvim_get_current_buf()
if not vim.wait(20000, function() return #vim.diagnostic.get(record) > 0 end, 50) then fail('No findings for the record.') end
outcome.diagnostics = vim.tbl_map(
  function(found) return { code = found.code or found.user_data.lsp.code, source = found.source } end,
  vim.diagnostic.get(record)
)

vim.lsp.stop_client(client.id)
outcome.stopped = vim.wait(10000, function() return client.is_stopped(client) end, 50)
io.stdout:write(vim.fn.json_encode(outcome) .. '\n')
vim.cmd('qall!')
