import { commentText, type ProtoToken, tokenizeProto } from '../../knowledge/specs/proto-tokens.ts';
import { isEntityId } from './config/definitions.ts';
import type { Definition, NumberField } from './model.ts';
import { isReferenceName, wordsOf } from './words.ts';

const NUMBERS: Readonly<Record<string, number>> = { int32: 32, uint32: 32, sint32: 32, fixed32: 32, sfixed32: 32 };
/** Messages that travel and are gone. Their plain `id` counts within one connection. */
const TRANSIENT = /(?:Msg|Message|Request|Response|Req|Resp|Rsp|Reply|Event|Command|Cmd|Packet|Frame|Notification|Ack)(?:Proto|PB|Pb)?$/;

/** What goes over a wire as it is: the width of its fields is that of the wire. */
const ON_WIRE = /(?:Packet|Frame|Pdu|PDU|Datagram|Telegram)$/;
/** Words of what is wired, switched or measured. */
const HARDWARE = new Set(
  (
    'firmware bootloader eeprom flash mcu gpio adc dac pwm uart rs232 rs485 spi i2c usb can canbus modbus obd profinet bacnet knx zigbee zwave ble bluetooth lora lorawan ' +
    'nfc rfid ibutton gsm gprs lte modem apn sim imei imsi iccid ussd rssi lqi snr gps gnss glonass hdop antenna crc crc8 crc16 crc32 checksum opcode opcodes register ' +
    'registers baud volt volts voltage milliamps amps watt watts rpm ignition relay actuator sensor sensors servo motor plc inverter battery accelerometer gyro gyroscope ' +
    'magnetometer barometer thermostat endpoint cluster arbitration hardware'
  ).split(' '),
);
/** So many different words say that messages are those of a device. */
const ENOUGH_HARDWARE = 3;

/**
 * Whether a file describes how a program talks to a device, and not how it talks to others of its kind: it speaks of hardware, has messages that
 * are packets, and nothing can be called. What is numbered there is what the device has: addresses, registers, inputs.
 */
function isOfDevice(tokens: readonly ProtoToken[], path: string): boolean {
  const written = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  if (written.includes('rpc')) return false;
  const known = new Set([path, ...new Set(written)].flatMap((name) => wordsOf(name)).filter((word) => HARDWARE.has(word)));
  return known.size + (written.some((name) => ON_WIRE.test(name)) ? 1 : 0) >= ENOUGH_HARDWARE;
}

/** Fields of the messages of a protobuf file, with their comments. */
export function readProto(
  text: string,
  path: string,
): { readonly definitions: readonly Definition[]; readonly numbers: readonly NumberField[] } {
  const definitions: Definition[] = [];
  const numbers: NumberField[] = [];
  const owners: string[] = [];
  const tokens = tokenizeProto(text);
  const wired = isOfDevice(tokens, path);
  let comments: ProtoToken[] = [];
  let statement: ProtoToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'comment') {
      // Behind a field on its line, it belongs to that field; there the statement is empty, too, and it documents nothing else.
      if (statement.length === 0) comments.push(token);
      continue;
    }
    if (token.kind === 'symbol' && token.text === '{') {
      owners.push(/^(?:message|enum|service|oneof|extend|group)$/.test(statement[0]?.text ?? '') ? (statement[1]?.text ?? '') : '');
      statement = [];
      comments = [];
    } else if (token.kind === 'symbol' && token.text === '}') {
      owners.pop();
      statement = [];
      comments = [];
    } else if (token.kind === 'symbol' && token.text === ';') {
      const equals = statement.findIndex(({ kind, text: symbol }) => kind === 'symbol' && symbol === '=');
      const name = statement[equals - 1];
      const type = statement[equals - 2];
      if (name?.kind === 'word' && type?.kind === 'word' && owners.length > 0) {
        const owner = owners.filter(Boolean).at(-1) ?? '';
        const bits = NUMBERS[type.text];
        const isPassing = wired || ON_WIRE.test(owner) || (name.text === 'id' && TRANSIENT.test(owner));
        if (bits !== undefined && isEntityId(name.text) && !isPassing) numbers.push({ owner, name, type, bits });
        if (isReferenceName(name.text) || name.text.endsWith('resource_name'))
          for (const comment of comments)
            definitions.push({
              name: name.text,
              said: { text: commentText(comment.text), start: comment.start, end: comment.end },
              form: 'description',
              published: true,
            });
      }
      statement = [];
      comments = [];
    } else statement.push(token);
  }
  return { definitions, numbers };
}
