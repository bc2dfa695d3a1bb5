// The real npm client of Postman, driven by a test (Testing/NpmClient.cs): one call a line on standard input, one answer a line on
// standard output. Null stands for an argument that was left out.
import { createInterface } from 'node:readline';
import { Configuration, EmailApi, PostmanNodemailerTransport } from '@opengovsg/postmangovsg-client';
import nodemailer from 'nodemailer';

async function callApi({ basePath, key, call, arguments: list }) {
  const api = new EmailApi(new Configuration({ basePath, accessToken: key ?? undefined }));
  const { status, data } = await api[call](...list.map(argument => argument ?? undefined));
  return { status, data };
}

async function sendMail({ basePath, key, mail }) {
  const transport = new PostmanNodemailerTransport(key, new EmailApi(new Configuration({ basePath })));
  const { messageId, response, message } = await nodemailer.createTransport(transport).sendMail(mail);
  return { status: 201, data: { messageId, response, message: message.toString() } };
}

async function answer(line) {
  const wish = JSON.parse(line);
  try {
    return await (wish.mail ? sendMail(wish) : callApi(wish));
  } catch (error) {
    return { status: error.response?.status ?? null, data: error.response?.data ?? null, failure: error.message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(line)));
}
