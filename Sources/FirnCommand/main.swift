import Foundation
import Terminal

TerminalStream.breakLineWhenInterrupted()
let status = Program.run(Array(CommandLine.arguments.dropFirst()))
// What is printed may still be on its way: a full disk or a closed pipe shows here at the latest.
exit(Output.reachedItsReader ? status.rawValue : ExitStatus.inputOutput.rawValue)
