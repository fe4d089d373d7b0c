@main struct Harden { static func main() {} }
