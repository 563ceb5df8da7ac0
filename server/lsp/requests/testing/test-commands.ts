import { TEST_COMMANDS, type TestCommandsParams, type TestCommandsResult } from '../../../../protocol/tests.ts';
import { commandText } from '../../../text/command-text.ts';
import { nativePath } from '../../files.ts';
import { fileParam } from '../../params.ts';
import { lintelRequest } from '../../request.ts';

/** How specs are run, with folders and lines for this machine. */
export const testCommandsRequest = lintelRequest<TestCommandsParams, TestCommandsResult>(
  TEST_COMMANDS,
  async (context, { uri, specs }, signal) => {
    const { engine, repository } = await fileParam(context, uri);
    const { commands, without } = await engine.testCommands(specs, signal);
    const windows = process.platform === 'win32';
    return {
      commands: commands.map((command) => ({
        ...command,
        folder: command.cwd === '' ? repository.root : nativePath(repository.root, command.cwd),
        text: commandText(command, windows),
      })),
      without,
    };
  },
);
