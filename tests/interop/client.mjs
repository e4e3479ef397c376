// Another Matrix client: matrix-js-sdk with its Rust crypto, in memory, driven by JSON lines.
//
// In:  {"id": 1, "do": "say", ...}
// Out: {"id": 1, "result": ...} or {"id": 1, "error": "..."}, and {"event": ...} for each event that came.
//
// It excludes devices that are not cross-signed, as MSC4153 asks of clients: it neither reads what they
// write nor gives them keys.

import { Console } from "node:console";
import { createInterface } from "node:readline";

globalThis.console = new Console(process.stderr); // standard output belongs to the JSON lines
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const sdk = await import("matrix-js-sdk");
const { OnlySignedDevicesIsolationMode } = await import("matrix-js-sdk/lib/crypto-api/index.js");
const { VerificationPhase, VerificationRequestEvent, VerifierEvent } = await import(
    "matrix-js-sdk/lib/crypto-api/verification.js"
);
const { PollStartEvent } = await import("matrix-js-sdk/lib/extensible_events_v1/PollStartEvent.js");
const { PollResponseEvent } = await import("matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent.js");

let client;
let comparing; // the verification whose emoji are shown, and its end
let told = Promise.resolve(); // events are told in the order in which they came

const commands = {
    async login({ url, user, password, crossSign = true }) {
        const login = await sdk.createClient({ baseUrl: url }).loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
            initial_device_display_name: "interop",
        });
        client = sdk.createClient({
            baseUrl: url,
            userId: login.user_id,
            deviceId: login.device_id,
            accessToken: login.access_token,
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        if (crossSign) {
            await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
        }
        client.on(sdk.ClientEvent.Event, (event) => {
            told = told.then(() => tellEvent(event)).catch((error) => tell({ failed: String(error?.stack ?? error) }));
        });
        client.on(sdk.RoomMemberEvent.Membership, (_event, member) => {
            if (member.userId === login.user_id && member.membership === "invite") {
                client.joinRoom(member.roomId).then(
                    () => tell({ entered: member.roomId }),
                    (error) => tell({ failed: String(error) }),
                );
            }
        });
        const prepared = new Promise((resolve) => {
            client.on(sdk.ClientEvent.Sync, (state) => state === "PREPARED" && resolve());
        });
        await client.startClient({ initialSyncLimit: 200, pendingEventOrdering: "detached" });
        await prepared;
        return { user: login.user_id, device: login.device_id };
    },

    async direct({ users, encrypted = true }) {
        const { room_id: room } = await client.createRoom({
            is_direct: true,
            preset: "trusted_private_chat",
            invite: users,
            initial_state: encrypted
                ? [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }]
                : [],
        });
        return { room };
    },

    async joined({ room }) {
        return Object.keys((await client.getJoinedRoomMembers(room)).joined);
    },

    async state({ room, type }) {
        return await client.getStateEvent(room, type, "");
    },

    async send({ room, type, content }) {
        return { event: (await client.sendEvent(room, type, content)).event_id };
    },

    async vote({ room, poll, answers }) {
        const { type, content } = PollResponseEvent.from(answers, poll).serialize();
        return { event: (await client.sendEvent(room, type, content)).event_id };
    },

    async trust({ user }) {
        const crypto = client.getCrypto();
        const devices = (await crypto.getUserDeviceInfo([user], true)).get(user) ?? new Map();
        const signed = {};
        for (const device of devices.keys()) {
            signed[device] = (await crypto.getDeviceVerificationStatus(user, device))?.signedByOwner ?? false;
        }
        return signed;
    },

    async verify({ user, room }) {
        const request = await client.getCrypto().requestVerificationDM(user, room);
        await new Promise((resolve, reject) => {
            const look = () => {
                if (request.phase === VerificationPhase.Ready) resolve();
                if (request.phase === VerificationPhase.Cancelled) reject(new Error("cancelled"));
            };
            request.on(VerificationRequestEvent.Change, look);
            look();
        });
        const verifier = await request.startVerification("m.sas.v1");
        const shown = new Promise((resolve) => verifier.on(VerifierEvent.ShowSas, resolve));
        const end = verifier.verify();
        end.catch(() => {}); // told by `confirm`
        const { sas, confirm } = await Promise.race([shown, end]);
        comparing = { confirm, end };
        return { emoji: sas.emoji.map(([picture]) => picture) };
    },

    async confirm({ user }) {
        await comparing.confirm();
        await comparing.end;
        for (let look = 0; look < 50; look++) {
            // The library signs the other's identity after the end, in its own time.
            const status = await client.getCrypto().getUserVerificationStatus(user);
            if (status.isCrossSigningVerified()) return { verified: true };
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return { verified: false };
    },

    async stop() {
        await told;
        client?.stopClient();
        return {};
    },
};

async function tellEvent(event) {
    const shown = client.getRoom(event.getRoomId())?.findEventById(event.getId());
    if (!shown) return; // state that a room had before, account data, receipts
    if (event.isEncrypted() && !event.isRedacted()) {
        await client.decryptEventIfNeeded(event);
        if (event.isDecryptionFailure()) {
            event.on(sdk.MatrixEventEvent.Decrypted, () => {
                if (!event.isDecryptionFailure()) described(event).then((line) => tell({ opened: line }));
            });
        }
    }
    tell({ event: await described(event) });
}

async function described(event) {
    const content = event.getContent();
    const line = {
        event_id: event.getId(),
        room_id: event.getRoomId(),
        sender: event.getSender(),
        type: event.getType(),
        state_key: event.getStateKey(),
        content,
        unsigned: event.getUnsigned(),
        encrypted: event.isEncrypted(),
        private: client.getRoom(event.getRoomId())?.hasEncryptionStateEvent() ?? false,
    };
    if (event.isRedaction()) line.redacts = event.getAssociatedId();
    if (event.isEncrypted()) {
        if (event.isDecryptionFailure()) return { ...line, failure: event.decryptionFailureReason };
        line.shield = (await client.getCrypto().getEncryptionInfoForEvent(event))?.shieldReason ?? null;
    }
    if (line.type.endsWith("poll.start")) {
        const poll = new PollStartEvent({ type: line.type, content }); // throws if this library can't show it
        line.poll = {
            question: poll.question.text,
            answers: poll.answers.map((answer) => [answer.id, answer.text]),
        };
    }
    const place = content.file?.url ?? content.url;
    if (line.type === "m.room.message" && place) line.data = (await fetched(content, place)).toString("base64");
    return line;
}

/** A file's content; decrypted as the specification of encrypted attachments says. */
async function fetched(content, place) {
    const answer = await fetch(client.mxcUrlToHttp(place, undefined, undefined, undefined, false, true, true), {
        headers: { Authorization: `Bearer ${client.getAccessToken()}` },
    });
    if (!answer.ok) throw new Error(`download: ${answer.status}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!content.file) return bytes;
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", bytes));
    if (!digest.equals(Buffer.from(content.file.hashes.sha256, "base64"))) throw new Error("download: wrong hash");
    const key = await crypto.subtle.importKey("jwk", content.file.key, "AES-CTR", false, ["decrypt"]);
    const counter = Buffer.from(content.file.iv, "base64");
    return Buffer.from(await crypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key, bytes));
}

createInterface({ input: process.stdin })
    .on("line", async (text) => {
        const { id, do: name, ...options } = JSON.parse(text);
        try {
            tell({ id, result: await commands[name](options) });
            if (name === "stop") process.exit(0);
        } catch (error) {
            tell({ id, error: String(error?.stack ?? error) });
        }
    })
    .on("close", () => process.exit(0));
