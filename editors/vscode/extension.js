"use strict";

// The client of `journeykit lsp`: it starts the server and passes on what it says. All else is done by the server.
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const PREVIEW = "journeykit.openPreview"; // a command of the server, where it has a preview
let client;

function makeClient() {
  const settings = workspace.getConfiguration("journeykit");
  const server = { command: settings.get("command"), args: ["lsp"] };
  const allowPlugins = workspace.isTrusted && settings.get("allowPlugins") === true;
  return new LanguageClient("journeykit", "journeykit", server, {
    documentSelector: [{ scheme: "file", language: "yaml" }],
    initializationOptions: { allowPlugins },
  });
}

async function start() {
  client = makeClient();
  try {
    await client.start();
    const offered = client.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
    await commands.executeCommand("setContext", "journeykit.hasPreview", offered.includes(PREVIEW));
  } catch (error) {
    const help = 'Install it with: pip install "journeykit[lsp]", or name its program in the setting journeykit.command.';
    window.showErrorMessage(`journeykit does not start: ${error.message}. ${help}`);
  }
}

async function preview() {
  const uri = window.activeTextEditor?.document.uri.toString();
  await client?.sendRequest("workspace/executeCommand", { command: PREVIEW, arguments: [uri] });
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.isRunning()) {
    await running.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand("journeykit.restart", restart),
    commands.registerCommand("journeykit.preview", preview),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("journeykit.command") || change.affectsConfiguration("journeykit.allowPlugins")) {
        return restart();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(restart),
  );
  await start();
};

exports.deactivate = stop;
