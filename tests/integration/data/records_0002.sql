BEGIN TRANSACTION;
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	id VARCHAR(36) NOT NULL, 
	action_id VARCHAR(36) NOT NULL, 
	at BIGINT NOT NULL, 
	console TEXT NOT NULL, 
	seat TEXT NOT NULL, 
	operator TEXT NOT NULL, 
	action TEXT NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	camera TEXT NOT NULL, 
	details TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq), 
	CONSTRAINT uq_audit_id UNIQUE (id), 
	CONSTRAINT uq_audit_console UNIQUE (console, number)
);
INSERT INTO "audit" VALUES(1,'00000000-0000-0000-0000-000000000001','00000000-0000-0000-0000-0000000003e9',1795167001000001,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','','session.sign_in','requested','','{}','',1,'c84e2b5ae5da06794a99b999a8caf9bf79f509ab9c53b6ce435f427972ce7b28');
INSERT INTO "audit" VALUES(2,'00000000-0000-0000-0000-000000000002','00000000-0000-0000-0000-0000000003e9',1795167002000004,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','session.sign_in','succeeded','','{"name":"김민수"}','',2,'ec22400cc64a1aaffa94a98f40818b46626a16034b9b7bd8814e66cdfe120ecc');
INSERT INTO "audit" VALUES(3,'00000000-0000-0000-0000-000000000003','00000000-0000-0000-0000-0000000003ea',1795167003000009,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','ptz.move','requested','c1','{"ok":true,"pan":0.25,"tiles":[1,null,"x"]}','',3,'289123c8b7de0dc0050fcd9e1d17592bd2a4cd399986078ae50531fb982a9b40');
INSERT INTO "audit" VALUES(4,'00000000-0000-0000-0000-000000000004','00000000-0000-0000-0000-0000000003ea',1795167004000016,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','ptz.move','failed','c1','{}','nothing answers 0000 d800 001a',4,'3bc4e3ee1fbd12bec22ecd2363570392780605daa0405b8ffe5922936918d922');
INSERT INTO "audit" VALUES(5,'00000000-0000-0000-0000-000000000005','00000000-0000-0000-0000-0000000003eb',1795167005000025,'another console','3번 자리','김민수','ptz.move','requested','','{}','',1,'6aa4b626e0cc0ee993755e3e202728b0d5b3d499ec6dd0de5438a0f53c28d8f6');
INSERT INTO "audit" VALUES(6,'00000000-0000-0000-0000-000000000006','00000000-0000-0000-0000-0000000003ec',1795167006000036,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','camera.add','refused','','{}','not allowed',5,'6148bae1b991b2ef97fb982a0f6a316cc337b3703d9e77884fdfa82320d3c702');
INSERT INTO "audit" VALUES(7,'00000000-0000-0000-0000-000000000007','00000000-0000-0000-0000-0000000003ed',1795167007000049,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','ptz.move','requested','c1','{}','',6,'b9103cf3b696d50c5a78548167148f85b69ea6db12c847e1adc83bbb931eec3a');
INSERT INTO "audit" VALUES(8,'9f0c1757-f910-44e8-93a0-979fe78815ee','00000000-0000-0000-0000-0000000003eb',1795170600000000,'another console','3번 자리','김민수','ptz.move','unknown','','{}','the program ended before it was done',2,'c097a6cbba108f7370714c3c28b7962216e3de876d90f066db1fa17213f47155');
INSERT INTO "audit" VALUES(9,'618a7135-ded4-4f61-ba39-413f28d7834f','00000000-0000-0000-0000-0000000003ed',1795170600000000,'4839c84b-519c-4dbd-9c63-72ea8cde1330','3번 자리','김민수','ptz.move','unknown','c1','{}','the program ended before it was done',7,'8d1ddff58c718fab9f7b24f91abef477c429dfb25642ab0296a854531fec3130');
CREATE TABLE audit_heads (
	console TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_heads PRIMARY KEY (console)
);
INSERT INTO "audit_heads" VALUES('4839c84b-519c-4dbd-9c63-72ea8cde1330',7,'8d1ddff58c718fab9f7b24f91abef477c429dfb25642ab0296a854531fec3130');
INSERT INTO "audit_heads" VALUES('another console',2,'c097a6cbba108f7370714c3c28b7962216e3de876d90f066db1fa17213f47155');
CREATE TABLE cameras (
	id TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	site_id TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	latitude DOUBLE, 
	longitude DOUBLE, 
	main_uri TEXT NOT NULL, 
	sub_uri TEXT NOT NULL, 
	device_address TEXT NOT NULL, 
	main_profile TEXT NOT NULL, 
	sub_profile TEXT NOT NULL, 
	user TEXT NOT NULL, 
	ptz BOOLEAN NOT NULL, 
	bearing DOUBLE, 
	CONSTRAINT pk_cameras PRIMARY KEY (id), 
	CONSTRAINT uq_cameras_number UNIQUE (number), 
	CONSTRAINT fk_cameras_site_id FOREIGN KEY(site_id) REFERENCES sites (id)
);
INSERT INTO "cameras" VALUES('c1',1,'Gate 1','s1','방범',37.5,126.9,'rtsp://192.0.2.1/1','','','','','',1,NULL);
CREATE TABLE departments (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_departments PRIMARY KEY (id)
);
INSERT INTO "departments" VALUES('d1','방범');
CREATE TABLE gwanje_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT gwanje_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "gwanje_schema" VALUES('0002');
CREATE TABLE installation (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_installation PRIMARY KEY ("key")
);
INSERT INTO "installation" VALUES('audit_last_seq','9');
INSERT INTO "installation" VALUES('console_id','4839c84b-519c-4dbd-9c63-72ea8cde1330');
INSERT INTO "installation" VALUES('audit_closed_up_to','9');
CREATE TABLE operator_roles (
	operator_id VARCHAR(36) NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_operator_roles PRIMARY KEY (operator_id, role), 
	CONSTRAINT fk_operator_roles_operator_id FOREIGN KEY(operator_id) REFERENCES operators (id)
);
INSERT INTO "operator_roles" VALUES('b47413e4-6e8a-45f3-a9bd-1cc3143b68db','agent');
INSERT INTO "operator_roles" VALUES('b47413e4-6e8a-45f3-a9bd-1cc3143b68db','supervisor');
CREATE TABLE operators (
	id VARCHAR(36) NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	password_hash VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_operators PRIMARY KEY (id), 
	CONSTRAINT uq_operators_name_key UNIQUE (name_key)
);
INSERT INTO "operators" VALUES('b47413e4-6e8a-45f3-a9bd-1cc3143b68db','김민수','김민수','$argon2id$v=19$m=65536,t=3,p=4$51DkUEfHAb2FAODR8xaCAw$6PpKC4aknRiW/lO56jovFU0QD+FNCGbKDTejkwDRheM');
CREATE TABLE settings (
	scope TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (scope, "key")
);
INSERT INTO "settings" VALUES('wall','desk','{"tiles":["c1"],"version":1}');
CREATE TABLE sites (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	department_id TEXT NOT NULL, 
	latitude DOUBLE, 
	longitude DOUBLE, 
	address TEXT NOT NULL, 
	CONSTRAINT pk_sites PRIMARY KEY (id), 
	CONSTRAINT fk_sites_department_id FOREIGN KEY(department_id) REFERENCES departments (id)
);
INSERT INTO "sites" VALUES('s1','Gate','d1',37.5,126.9,'');
CREATE INDEX ix_sites_department_id ON sites (department_id);
CREATE INDEX ix_cameras_site_id ON cameras (site_id);
CREATE INDEX ix_audit_action_id ON audit (action_id);
CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR seq = NEW.seq) OR EXISTS (SELECT 1 FROM audit WHERE console = NEW.console AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END;
CREATE TRIGGER audit_heads_only_grow BEFORE UPDATE ON audit_heads WHEN NEW.console <> OLD.console OR NEW.number <= OLD.number BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END;
CREATE TRIGGER audit_heads_are_never_deleted BEFORE DELETE ON audit_heads BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END;
COMMIT;
