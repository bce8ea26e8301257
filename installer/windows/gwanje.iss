; Inno Setup 6; called by build.ps1 with Version and Source. Not tried on Windows yet.
[Setup]
AppId={{6F0D0C52-9B0E-4C0B-8E0B-3D1B7C1F9A35}
AppName=gwanje
AppVersion={#Version}
AppPublisher=The gwanje authors
DefaultDirName={autopf}\gwanje
DefaultGroupName=gwanje
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputBaseFilename=gwanje-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\NOTICE"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\gwanje"; Filename: "{app}\pythonw.exe"; Parameters: """{app}\start.py"" run"; WorkingDir: "{app}"
Name: "{group}\gwanje (demo)"; Filename: "{app}\pythonw.exe"; Parameters: """{app}\start.py"" demo"; WorkingDir: "{app}"
