import { describe, expect, it } from 'vitest';
import { parseStartCommand } from '../../../../local/cli/start-command.ts';

describe('parseStartCommand', () => {
  it('has defaults', () => {
    expect(parseStartCommand([], {})).toEqual({
      small: false,
      likeLambda: false,
      port: 3000,
      dataDirectory: expect.stringMatching(/\.ping-me\/three$/),
    });
  });

  it('takes every option', () => {
    expect(
      parseStartCommand(['--small', '--like-lambda', '--port', '4000', '--data-directory', '/tmp/x'], {
        PORT: '5000',
      }),
    ).toEqual({ small: true, likeLambda: true, port: 4000, dataDirectory: '/tmp/x' });
    expect(parseStartCommand(['--small'], { PORT: '5000' })).toMatchObject({
      port: 5000,
      dataDirectory: expect.stringMatching(/\.ping-me\/small$/),
    });
  });

  it.each([
    [['--prot', '1'], {}, /'--prot'.*the options are --small/],
    [['now'], {}, /argument "now".*the options are/],
    [['--port'], {}, /--port/],
    [['--port', 'abc'], {}, /option --port must be a whole number from 1 to 65535, not "abc"/],
    [['--port', '0'], {}, /option --port must be/],
    [['--port', '65536'], {}, /option --port must be/],
    [[], { PORT: '80a' }, /setting PORT must be a whole number from 1 to 65535, not "80a"/],
    [['--data-directory', ''], {}, /--data-directory needs the name of a folder/],
  ])('refuses %j with one sentence', (commandArguments, environment, sentence) => {
    expect(() => parseStartCommand(commandArguments, environment)).toThrow(sentence);
  });
});
