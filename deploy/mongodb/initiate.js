// The first member's health check: makes the replica set of the three unless it is made, and is content once there is
// a primary that takes writes.
const members = ["mongodb", "mongodb_2", "mongodb_3"];
try {
	rs.status();
} catch (err) {
	if (err.codeName !== "NotYetInitialized") throw err;
	rs.initiate({
		_id: "rs0",
		members: members.map((name, _id) => ({ _id, host: `${name}:27017`, priority: _id ? 1 : 2 }))
	});
}
quit(rs.status().members.some(({ stateStr }) => stateStr === "PRIMARY") ? 0 : 1);
